"""Finding passages: dense and lexical, fused."""
