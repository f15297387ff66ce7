"""The command line, ``gad``: one file per subcommand."""
