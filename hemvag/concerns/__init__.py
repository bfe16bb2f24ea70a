"""Children's concern reports (orosanmälan), from arrival to closing decision."""
