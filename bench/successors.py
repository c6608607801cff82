"""Four public readers ask for a dataset without a pause while it is released a hundred times.

Bound: no answer is missing or holds parts of two releases. `./portal bench successors 20` applies
twenty.
"""

from __future__ import annotations

import sys

from bench import inside

RELEASES = 100


def main() -> int:
    """Release and read; print the figures; 1 when an answer was wrong."""
    inside.find_tests()
    app = inside.make_portal()
    import sqlalchemy as sa
    from ckan import model

    from bench.bounds import Figure, report
    from tests.integration import successors as s
    from tests.integration.delivered import delivery
    from tests.integration.office import make_office

    sa.event.listen(model.Session, "after_commit", delivery.after_commit)
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else RELEASES
    office = make_office()
    s.release_first(office)
    done = [1]
    with s.Reading(app.flask_app, lambda: done[0]) as reading:
        for number in range(2, wanted + 2):
            s.release_next(office, number)
            done[0] = number
            print(f"release {number}", file=sys.stderr, flush=True)
    for told in reading.wrong[:20]:
        print(told)
    answers = [Figure(f"answers of {name}", count) for name, count in reading.answers.items()]
    wrong = Figure("answers missing or mixed", len(reading.wrong), bound=0)
    return report([Figure("releases applied", wanted), *answers, wrong])


if __name__ == "__main__":
    sys.exit(main())
