"""The bot in Discord: the only place that imports discord, and it decides nothing."""
