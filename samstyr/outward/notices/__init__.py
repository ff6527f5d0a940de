"""What people are told, and what goes out by mail. Written with the change that causes it, sent afterwards."""
