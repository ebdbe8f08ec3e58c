"""After something changed: the published plan mended with as little disruption, or as cheaply, as is wanted."""
