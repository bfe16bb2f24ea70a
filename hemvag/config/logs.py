"""Log what failed and where, never what was in it: no message arguments, no request, no local values."""

import logging


class Facts(logging.Formatter):
    """Write time, level, logger, the message before its arguments, and where an error was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line; of an error only its kind and the places it passed through."""
        line = f"{self.formatTime(record)} {record.levelname} {record.name}: {record.msg}"
        if not record.exc_info or record.exc_info[0] is None:
            return line
        places = []
        trace = record.exc_info[2]
        while trace is not None:
            places.append(f"{trace.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{trace.tb_lineno}")
            trace = trace.tb_next
        return f"{line} {record.exc_info[0].__name__} at {' > '.join(places)}"
