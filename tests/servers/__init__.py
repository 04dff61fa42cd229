"""Real servers on loopback, for the tests of what machines share."""
