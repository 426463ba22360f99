package se.samsyn.protocol.view;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;

/** What became of a member's newest release for a dataset and period. */
sealed interface Verdict {
    /** The member's state for a table, or for the register. */
    Standing standing(Optional<String> table);

    /** It counts. */
    final class Accepted implements Verdict {
        private final SummaryContent content;
        private final Standing whole;
        private final Map<String, Standing> byTable = new HashMap<>();

        Accepted(SummaryContent content) {
            this.content = content;
            this.whole = Standing.of(content.isZero() ? MemberState.ZERO : MemberState.REPORTED);
            if (content instanceof Tables tables) {
                for (TableValues values : tables.tables()) {
                    byTable.put(values.table().name(), Standing.of(stateOf(values)));
                }
            }
        }

        SummaryContent content() {
            return content;
        }

        @Override
        public Standing standing(Optional<String> table) {
            return table.isPresent() ? byTable.getOrDefault(table.get(), whole) : whole;
        }

        private static MemberState stateOf(TableValues values) {
            if (!(values instanceof Published published)) {
                return MemberState.WITHHELD;
            }
            if (published.isZero()) {
                return MemberState.ZERO;
            }
            return published.pool().isPresent() ? MemberState.POOLED : MemberState.REPORTED;
        }
    }

    /** It does not count: the member's part is withdrawn or rejected. */
    record NotCounted(Standing standing) implements Verdict {
        @Override
        public Standing standing(Optional<String> table) {
            return standing;
        }
    }
}
