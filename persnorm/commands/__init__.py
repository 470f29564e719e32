"""The subcommands, a file each: ``persnorm NAME`` runs the click command ``command`` of ``persnorm.commands.NAME``."""
