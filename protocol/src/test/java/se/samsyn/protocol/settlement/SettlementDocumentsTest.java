package se.samsyn.protocol.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.samsyn.protocol.Hash;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;
import se.samsyn.protocol.RefutedException;
import se.samsyn.protocol.dataset.Period;
import se.samsyn.protocol.root.FederationRoot;
import se.samsyn.protocol.root.TestNetwork;
import se.samsyn.protocol.statement.RootAccepted;
import se.samsyn.protocol.statement.SignedStatement;

class SettlementDocumentsTest {
    private static final String ISSUER = TestNetwork.SKANE;
    private static final String PAYER = "vgr.swetrial.example";
    private static final String TRIAL = "2018-001234-12";

    private final FederationRoot root = TestNetwork.root(5);
    private final Between between = new Between(ISSUER, PAYER, Period.parse("2025-Q3"), 1, 1, 5);

    @Test
    void readAsTheyWereWrittenAndComeToTheSameAtBothParties() {
        for (int seed = 0; seed < 100; seed++) {
            GeneratedInvoices invoices = new GeneratedInvoices(seed, seed % 40);
            Proposal proposal = new Proposal(between, invoices.lines(), Rest.NONE);
            byte[] asked = SignedSettlement.sign(proposal, TestNetwork.publisher(ISSUER));

            Proposal received = SignedSettlement.verifyProposal(asked, root, ISSUER);
            Matching matching = Matching.of(received.lines(), invoices.received(), invoices.trialNames());
            Answer answer = Answer.to(received, SignedSettlement.hash(asked), matching, 1, 9, List.of());
            byte[] answered = SignedSettlement.sign(answer, TestNetwork.publisher(PAYER));

            assertThat(received).isEqualTo(proposal);
            Answer back = SignedSettlement.verifyAnswer(answered, root, proposal, SignedSettlement.hash(asked));
            assertThat(back).isEqualTo(answer);
            Agreement atIssuer = Agreement.of(proposal, SignedSettlement.hash(asked), back);
            assertThat(atIssuer).isEqualTo(Agreement.of(received, SignedSettlement.hash(asked), answer));
            assertThat(atIssuer.k()).isEqualTo(9);
            for (Outcome outcome : Outcome.values()) {
                long expected = invoices.expected().values().stream()
                        .filter(each -> each == outcome)
                        .count();
                assertThat(atIssuer.total(outcome).lines())
                        .as(seed + " " + outcome)
                        .isEqualTo((int) expected);
            }
        }
    }

    @Test
    void refusesEveryMutation() {
        byte[] signed = signed(proposal(line("F-1", 100, 3)));
        Mutation.check(signed, 2_000, 31, bytes -> {
            SignedSettlement.verifyProposal(bytes, root, ISSUER);
            return signed;
        });
    }

    @Test
    void neverPassForAStatementNorAStatementForThem() {
        byte[] signed = signed(proposal(line("F-1", 100, 3)));
        assertThatThrownBy(() -> SignedStatement.verify(signed, root, ISSUER))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("JWS header is not exactly")
                .hasMessageContaining("fed-statement+jws");

        byte[] entry = SignedStatement.sign(new RootAccepted(ISSUER, 1, root.hash()), TestNetwork.publisher(ISSUER));
        assertThatThrownBy(() -> SignedSettlement.verifyProposal(entry, root, ISSUER))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("fed-settlement+jws");
    }

    @Test
    void refusesAProposalByAnybodyElse() {
        byte[] signed = signed(proposal(line("F-1", 100, 3)));
        assertThatThrownBy(() -> SignedSettlement.verifyProposal(signed, root, PAYER))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("no publisher key of " + PAYER);
    }

    @Test
    void refusesAProposalUnderARootThatIsNotKnownHere() {
        Proposal later = new Proposal(between.signedUnder(2, 5), List.of(), Rest.NONE);
        assertThatThrownBy(() -> SignedSettlement.verifyProposal(signed(later), root, ISSUER))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void refusesLinesThatAreNotTheirs() {
        InvoiceLine ofOther = new InvoiceLine(new LineKey("01", "F-1", TRIAL, "14"), 100, 3);
        assertThatThrownBy(() -> SignedSettlement.verifyProposal(signed(proposal(ofOther)), root, ISSUER))
                .isInstanceOf(RefutedException.class)
                .hasMessage("/lines/0: study region 01 is no place of " + ISSUER);
        InvoiceLine toOther = new InvoiceLine(new LineKey("12", "F-1", TRIAL, "03"), 100, 3);
        assertThatThrownBy(() -> SignedSettlement.verifyProposal(signed(proposal(toOther)), root, ISSUER))
                .isInstanceOf(RefutedException.class)
                .hasMessage("/lines/0: home region 03 is no place of " + PAYER);
    }

    @Test
    void refusesAnAnswerToAnotherProposal() {
        Proposal asked = proposal(line("F-1", 100, 3));
        byte[] signed = signed(asked);
        Answer other = Answer.to(
                asked,
                Hash.sha256("another".getBytes(StandardCharsets.UTF_8)),
                Matching.of(asked.lines(), List.of(), Map.of()),
                1,
                5,
                List.of());
        byte[] answered = SignedSettlement.sign(other, TestNetwork.publisher(PAYER));
        assertThatThrownBy(() -> SignedSettlement.verifyAnswer(answered, root, asked, SignedSettlement.hash(signed)))
                .isInstanceOf(RefutedException.class)
                .hasMessageContaining("the answer is to proposal");
    }

    @Test
    void refusesAnAnswerWithoutAnOutcomeForEachLine() {
        Proposal asked = proposal(line("F-1", 100, 3), line("F-2", 100, 3));
        Hash hash = SignedSettlement.hash(signed(asked));
        Answer half = new Answer(between, hash, List.of(LineOutcome.matched()), List.of(), Optional.empty());
        assertThatThrownBy(() -> half.checkAnswers(asked, hash))
                .isInstanceOf(RefutedException.class)
                .hasMessage("the answer has 1 outcomes, expected one for each of 2 lines");
    }

    @Test
    void refusesADifferenceThatIsNone() {
        Proposal asked = proposal(line("F-1", 100, 3));
        Hash hash = SignedSettlement.hash(signed(asked));
        Answer odd = new Answer(between, hash, List.of(LineOutcome.differing(100)), List.of(), Optional.empty());
        assertThatThrownBy(() -> odd.checkAnswers(asked, hash))
                .isInstanceOf(RefutedException.class)
                .hasMessage("/outcomes/0: the amounts do not differ");
    }

    @Test
    void refusesMoreLinesThanThereMayBe() {
        List<InvoiceLine> many = IntStream.rangeClosed(0, Proposal.MAX_LINES)
                .mapToObj(i -> line("F-" + (100_000 + i), 100, 1))
                .toList();
        assertThatThrownBy(() -> new Proposal(between, many, Rest.NONE))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at most 10000 lines");
        assertThatThrownBy(
                        () -> SignedSettlement.verifyProposal(new byte[SignedSettlement.MAX_LENGTH + 1], root, ISSUER))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("expected at most 8388608");
    }

    @Test
    void refusesLinesOutOfOrderOrTwice() {
        InvoiceLine one = line("F-1", 100, 1);
        InvoiceLine two = line("F-2", 100, 1);
        for (List<InvoiceLine> lines : List.of(List.of(two, one), List.of(one, one))) {
            assertThatThrownBy(() -> new Proposal(between, lines, Rest.NONE))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("/lines/1");
        }
    }

    @Test
    void refusesWhatIsNoQuarter() {
        for (String period : List.of("2025", "2025-07", "unknown")) {
            assertThatThrownBy(() -> Between.requireQuarter(Period.parse(period)))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("settlement is by quarter");
        }
    }

    @Test
    void countsNobodyTwiceWhoIsInTwoLinesOfATrial() {
        Proposal asked = proposal(line("F-1", 100, 4), line("F-2", 100, 3));
        Agreement agreement = matched(asked);
        assertThat(agreement.total(Outcome.MATCHED)).isEqualTo(new OutcomeTotal(2, 200, 200, 4, 200));
        assertThat(agreement.isComplete()).isTrue();
        assertThat(agreement.publishable()).isEmpty();
    }

    @Test
    void aTotalThatOneTrialDominatesMayNotBeTold() {
        InvoiceLine large = line("F-1", 86, 9);
        InvoiceLine small = new InvoiceLine(new LineKey("12", "F-2", "2018-001235-12", "14"), 14, 9);
        assertThat(matched(proposal(large, small)).publishable()).isEmpty();
        assertThat(matched(proposal(line("F-1", 85, 9), small)).publishable()).isEmpty();
        InvoiceLine enough = new InvoiceLine(small.key(), 15, 9);
        assertThat(matched(proposal(line("F-1", 85, 9), enough)).publishable()).containsExactly(Outcome.MATCHED);
    }

    @Test
    void theLargestDocumentsFit() {
        Random random = new Random(1);
        List<InvoiceLine> lines = IntStream.range(0, Proposal.MAX_LINES)
                .mapToObj(i -> line("Faktura " + (100_000 + i) + " avser studie", 1 + random.nextInt(1_000_000), 1))
                .toList();
        assertThat(signed(proposal(lines.toArray(InvoiceLine[]::new))).length).isLessThan(SignedSettlement.MAX_LENGTH);
    }

    private Agreement matched(Proposal asked) {
        Hash hash = SignedSettlement.hash(signed(asked));
        List<LineOutcome> outcomes = Collections.nCopies(asked.lines().size(), LineOutcome.matched());
        return Agreement.of(asked, hash, new Answer(between, hash, outcomes, List.of(), Optional.empty()));
    }

    private Proposal proposal(InvoiceLine... lines) {
        return new Proposal(between, List.of(lines), Rest.NONE);
    }

    private static byte[] signed(Proposal proposal) {
        return SignedSettlement.sign(proposal, TestNetwork.publisher(ISSUER));
    }

    private static InvoiceLine line(String invoice, long amount, int participants) {
        return new InvoiceLine(new LineKey("12", invoice, TRIAL, "14"), amount, participants);
    }

    @Test
    void refusesAReasonThatOnlyADisputedLineHas() {
        assertThatThrownBy(
                        () -> new LineOutcome(Outcome.MATCHED, OptionalLong.empty(), Optional.of(DisputeReason.PRICE)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("a disputed one a reason");
    }
}
