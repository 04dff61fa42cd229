"""What a chat model wrote, checked against the sources: pure functions, each of one kind of fault."""
