package se.samsyn.protocol.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.note.KeyType;
import se.samsyn.protocol.note.SigningKey;
import se.samsyn.protocol.note.VerifierKey;
import se.samsyn.protocol.statement.Retraction;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.Statement;
import se.samsyn.protocol.statement.SummaryStatement;
import se.samsyn.protocol.statement.VerifiedStatement;

class LiveHeadsTest {
    private static final String NODE = "a.example";
    private static final Subject Q1 = new Subject("costs", Period.parse("2024-Q1"));
    private static final Subject Q2 = new Subject("costs", Period.parse("2024-Q2"));
    private static final VerifierKey PUBLISHER =
            SigningKey.of(NODE + "/publisher", KeyType.ED25519, new byte[32]).verifierKey();
    private static final Optional<Hash> NOTHING = Optional.empty();

    private final LiveHeads heads = new LiveHeads(NODE, summary -> Optional.empty());

    @Test
    void followsAChainOfReleases() {
        Hash first = release(Q1, "body 1", NOTHING);
        Hash second = release(Q1, "body 2", Optional.of(first));
        Hash other = release(Q2, "body 3", NOTHING);

        assertThat(heads.chain(Q1)).extracting(Release::leafHash).containsExactly(first, second);
        assertThat(heads.chain(Q2)).extracting(Release::leafHash).containsExactly(other);
        assertThat(heads.liveBodies()).containsExactlyInAnyOrder(sha("body 2"), sha("body 3"));
        assertThat(heads.size()).isEqualTo(3);
        assertThat(heads.rejections()).isZero();
    }

    @Test
    void rejectsASecondFirstRelease() {
        Hash first = release(Q1, "body 1", NOTHING);
        release(Q1, "body 2", NOTHING);

        assertThat(heads.chain(Q1)).extracting(Release::leafHash).containsExactly(first);
        assertThat(heads.latestRejections())
                .containsExactly(new Rejection(
                        1, "costs 2024-Q1", "it supersedes nothing, expected " + first.toHex() + ", the head"));
    }

    @Test
    void rejectsAReplayOfTheSameEntry() {
        VerifiedStatement entry = new VerifiedStatement(summary(Q1, "body 1", NOTHING), PUBLISHER, sha("leaf"));
        heads.append(entry);
        heads.append(entry);

        assertThat(heads.chain(Q1)).hasSize(1);
        assertThat(heads.rejections()).isEqualTo(1);
    }

    @Test
    void rejectsAReleaseThatGoesBackToAnOlderOne() {
        Hash first = release(Q1, "body 1", NOTHING);
        Hash second = release(Q1, "body 2", Optional.of(first));
        release(Q1, "body 3", Optional.of(first));

        assertThat(heads.chain(Q1)).extracting(Release::leafHash).containsExactly(first, second);
    }

    @Test
    void rejectsAnOldBodyUnderANewStatement() {
        Hash first = release(Q1, "body 1", NOTHING);
        Hash second = release(Q1, "body 2", Optional.of(first));
        release(Q1, "body 1", Optional.of(second));

        assertThat(heads.chain(Q1)).hasSize(2);
        assertThat(heads.latestRejections())
                .extracting(Rejection::reason)
                .containsExactly("its body was released before");
    }

    @Test
    void rejectsASupersessionOfAnotherPeriodsRelease() {
        Hash first = release(Q1, "body 1", NOTHING);
        release(Q2, "body 2", Optional.of(first));

        assertThat(heads.chain(Q2)).isEmpty();
        assertThat(heads.rejection(Q2))
                .hasValueSatisfying(rejection -> assertThat(rejection.reason()).contains("expected nothing, the head"));
    }

    @Test
    void doesNotReviveAnOlderReleaseWhenTheNewestIsRetracted() {
        Hash first = release(Q1, "body 1", NOTHING);
        Hash second = release(Q1, "body 2", Optional.of(first));
        retract("body 2", second);

        assertThat(heads.chain(Q1)).extracting(Release::retracted).containsExactly(false, true);
        assertThat(heads.liveBodies()).isEmpty();
    }

    @Test
    void goesOnFromARetractedHead() {
        Hash first = release(Q1, "body 1", NOTHING);
        retract("body 1", first);
        release(Q1, "body 2", NOTHING);
        Hash second = release(Q1, "body 3", Optional.of(first));

        assertThat(heads.chain(Q1)).extracting(Release::leafHash).containsExactly(first, second);
        assertThat(heads.rejections()).isEqualTo(1);
    }

    @Test
    void retractsASupersededReleaseWithoutTouchingTheHead() {
        Hash first = release(Q1, "body 1", NOTHING);
        release(Q1, "body 2", Optional.of(first));
        Optional<Subject> touched = retract("body 1", first);

        assertThat(touched).contains(Q1);
        assertThat(heads.chain(Q1)).extracting(Release::retracted).containsExactly(true, false);
        assertThat(heads.liveBodies()).containsExactly(sha("body 2"));
    }

    @Test
    void ignoresARetractionOfWhatIsNotThereAndCountsIt() {
        Hash first = release(Q1, "body 1", NOTHING);
        retract("body 1", sha("no such leaf"));
        retract("another body", first);
        retract("body 1", first);
        retract("body 1", first);

        assertThat(heads.latestRejections())
                .extracting(Rejection::reason)
                .containsExactly(
                        "this log has no such release",
                        "that release has another body",
                        "that release was retracted before");
    }

    @Test
    void rejectsWhatIsInadmissibleWithoutTouchingTheHead() {
        LiveHeads strict = new LiveHeads(
                NODE, summary -> summary.supersedes().isPresent() ? Optional.of("not today") : Optional.empty());
        VerifiedStatement first = new VerifiedStatement(summary(Q1, "body 1", NOTHING), PUBLISHER, sha("leaf 1"));
        strict.append(first);
        strict.append(
                new VerifiedStatement(summary(Q1, "body 2", Optional.of(first.leafHash())), PUBLISHER, sha("leaf 2")));

        assertThat(strict.chain(Q1)).extracting(Release::leafHash).containsExactly(first.leafHash());
        assertThat(strict.rejection(Q1)).contains(new Rejection(1, "costs 2024-Q1", "not today"));
    }

    @Test
    void rejectsAStatementOfAnotherNode() {
        heads.append(new VerifiedStatement(new RootAccepted("b.example", 1, sha("root")), PUBLISHER, sha("leaf")));
        append(new RootAccepted(NODE, 1, sha("root")));

        assertThat(heads.latestRejections())
                .containsExactly(new Rejection(0, "root-accepted", "the statement is of node b.example"));
        assertThat(heads.size()).isEqualTo(2);
    }

    @Test
    void keepsOnlyTheNewestRejectionsAndCountsAll() {
        release(Q1, "body", NOTHING);
        for (int i = 0; i < 100; i++) {
            release(Q1, "body " + i, NOTHING);
        }

        assertThat(heads.rejections()).isEqualTo(100);
        assertThat(heads.latestRejections())
                .extracting(Rejection::index)
                .hasSize(LiveHeads.MAX_REJECTIONS_KEPT)
                .startsWith(81L)
                .endsWith(100L);
    }

    private Hash release(Subject subject, String body, Optional<Hash> supersedes) {
        SummaryStatement summary = summary(subject, body, supersedes);
        append(summary);
        return leaf(summary);
    }

    private Optional<Subject> retract(String body, Hash leaf) {
        return append(new Retraction(NODE, 1, sha(body), leaf));
    }

    private Optional<Subject> append(Statement statement) {
        return heads.append(new VerifiedStatement(statement, PUBLISHER, leaf(statement)));
    }

    private static SummaryStatement summary(Subject subject, String body, Optional<Hash> supersedes) {
        return new SummaryStatement(
                NODE, 1, subject.dataset(), sha("definition"), subject.period(), sha(body), 4, supersedes);
    }

    private static Hash leaf(Statement statement) {
        return Hash.sha256(statement.encode());
    }

    private static Hash sha(String text) {
        return Hash.sha256(text.getBytes(UTF_8));
    }
}
