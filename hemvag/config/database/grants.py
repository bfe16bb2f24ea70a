def apply(c):
    for s in "hemvag","keys": c.execute(f"grant select, insert, update, delete on all tables in schema {s} to hemvag_staff, hemvag_job")
    c.execute("grant usage on all sequences in schema hemvag to hemvag_staff, hemvag_job"); c.execute("grant insert on log.audit_entry to hemvag_log; grant select on log.audit_entry to hemvag_staff")
