"""What everybody is to know, such as who does what, and how many have read it."""
