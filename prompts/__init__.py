"""Every sentence a person reads, one folder a language; read through `bot.content`."""
