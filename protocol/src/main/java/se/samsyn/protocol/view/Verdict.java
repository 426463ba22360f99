package se.samsyn.protocol.view;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import se.samsyn.protocol.dataset.DatasetDefinition;
import se.samsyn.protocol.summary.CarryOver;
import se.samsyn.protocol.summary.Published;
import se.samsyn.protocol.summary.SummaryContent;
import se.samsyn.protocol.summary.TableValues;
import se.samsyn.protocol.summary.Tables;

/** What became of a member's newest release for a dataset and period. */
sealed interface Verdict {
    /** The member's state for a table, or for the register. */
    Standing standing(Optional<String> table);

    /** It counts, as far as what it was told under can be read under the newest version of the definition. */
    final class Accepted implements Verdict {
        private final DatasetDefinition told;
        private final SummaryContent content;
        private final Optional<SummaryContent> read;
        private final Standing whole;
        private final Map<String, Standing> byTable = new HashMap<>();

        /**
         * A summary that counts.
         *
         * @param content as it was told
         * @param carryOver from the version that it was told under to the newest
         */
        Accepted(SummaryContent content, CarryOver carryOver) {
            this.told = carryOver.told();
            this.content = content;
            this.read = carryOver.read(content);
            this.whole = carryOver
                    .reason()
                    .map(Standing::otherVersion)
                    .orElseGet(() -> Standing.of(content.isZero() ? MemberState.ZERO : MemberState.REPORTED));
            carryOver
                    .asked()
                    .tables()
                    .forEach(table -> carryOver
                            .reason(table.name())
                            .ifPresent(reason -> byTable.put(table.name(), Standing.otherVersion(reason))));
            if (read.isPresent() && read.get() instanceof Tables tables) {
                for (TableValues values : tables.tables()) {
                    byTable.put(values.table().name(), Standing.of(stateOf(values)));
                }
            }
        }

        /** The version of the definition that it was told under. */
        DatasetDefinition told() {
            return told;
        }

        /** What it tells, under that version. */
        SummaryContent content() {
            return content;
        }

        /** What of it can be read under the newest version. */
        Optional<SummaryContent> read() {
            return read;
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
