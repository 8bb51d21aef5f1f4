"""Speed and memory, measured on one job and on the rule files that ship; nothing here is asserted by the clock."""
