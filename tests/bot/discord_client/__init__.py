"""The bot as it runs in life, in a Discord that is played."""
