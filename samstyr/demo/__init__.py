"""The demonstration arrangement: what a newcomer sees after `script/demo`."""
