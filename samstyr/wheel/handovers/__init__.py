"""One file per passage from station to station; the loop, readable in a listing."""
