package se.samsyn.node.protect;

import static org.assertj.core.api.Assertions.assertThat;
import static se.samsyn.node.protect.CareRecords.none;
import static se.samsyn.node.tabulate.TestDefinitions.amounts;
import static se.samsyn.node.tabulate.TestDefinitions.care;

import java.util.List;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.summary.Summary;

class RememberingProtectorTest {
    private static final CareRecords RECORDS = none().cell("red", 2).cell("blue", 9);

    private final RememberingProtector protector = new RememberingProtector();

    @Test
    void saysThatNothingIsNewWithoutWorkingItOutAgain() {
        Draft draft = released(RECORDS);

        Protection again = protect(RECORDS, draft);

        assertThat(((Unchanged) again).draft()).isSameAs(draft);
    }

    @Test
    void worksOutAnewWhatRecordsThatChangedComeTo() {
        Draft draft = released(RECORDS);

        // as many persons and items in each cell, but one of them is another
        Protection other = protect(none().cell("red", 2).cell("blue", 8).item("somebody", "t1", "blue", 100), draft);

        assertThat(other).isInstanceOf(Unchanged.class);
        assertThat(((Unchanged) other).draft()).isNotSameAs(draft);
        assertThat(protect(RECORDS.cell("red", 12), draft)).isNotInstanceOf(Unchanged.class);
    }

    @Test
    void worksOutAnewWhatWasWithdrawn() {
        Draft draft = released(RECORDS);

        Protection again = protector.protect(care(), RECORDS.tabulation(care()), Protector.NOT_RAISED, List.of());

        assertThat(again).isEqualTo(draft);
    }

    @Test
    void worksOutAnewUnderAnotherDefinitionOrAnotherK() {
        Draft draft = released(RECORDS);
        List<Summary> earlier = List.of(CareRecords.summary(draft.content()));

        assertThat(protector.protect(amounts(), RECORDS.tabulation(amounts()), Protector.NOT_RAISED, List.of()))
                .isInstanceOf(Draft.class);
        assertThat(protector.protect(care(), RECORDS.tabulation(care()), 7, earlier))
                .isEqualTo(Protector.protect(care(), RECORDS.tabulation(care()), 7, earlier));
    }

    private Draft released(CareRecords records) {
        return (Draft) protector.protect(care(), records.tabulation(care()), Protector.NOT_RAISED, List.of());
    }

    private Protection protect(CareRecords records, Draft released) {
        return protector.protect(
                care(),
                records.tabulation(care()),
                Protector.NOT_RAISED,
                List.of(CareRecords.summary(released.content())));
    }
}
