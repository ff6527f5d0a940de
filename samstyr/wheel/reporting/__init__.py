"""Reports by the model's cadence: drafted from data, written, sent, kept, and compared with last time."""
