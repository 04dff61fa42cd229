"""What the bot remembers between two runs: answers, feedback, settings of guilds. Never who asked."""
