"""Two plans side by side: what differs, visit by visit and baht by baht."""
