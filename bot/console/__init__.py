"""The commands of `gad` besides those that open the desk."""
