"""What cron calls: every source of a config read, what is new digested, one page a day."""
