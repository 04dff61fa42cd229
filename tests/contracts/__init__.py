"""What every implementation of a seam must pass, fake or real."""
