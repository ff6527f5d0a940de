"""Cases, steps, treatments, decisions and the trail. Knows no subject: needs and plans are alike to it."""
