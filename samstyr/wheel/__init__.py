"""The year. Each room looks back round the wheel, never ahead."""
