"""The ask line: question -> query -> evidence -> quotes -> verified answer."""
