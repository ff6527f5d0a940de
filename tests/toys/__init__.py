"""Two tables that exist in tests only, so that the guards are tried on the least that they must hold for."""
