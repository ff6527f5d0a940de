"""Where one is going: strategies in a chain, their versions, and what holds on a day. The room the others look back on."""
