"""What bodies say to each other beside the steps of a case: advice with replies, consultations, discussions, guidelines."""
