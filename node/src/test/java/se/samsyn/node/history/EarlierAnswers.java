package se.samsyn.node.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import se.samsyn.node.view.EarlierPictures;
import se.samsyn.protocol.view.Basis;

/** Views that nodes gave in the course of a history, to be asked for again at its end. */
final class EarlierAnswers {
    private static final int MAX_KEPT = 4;

    private final GeneratedHistory history;
    private final List<Answer> answers = new ArrayList<>();

    private boolean stopped;

    private record Answer(String node, Basis basis, byte[] costs, byte[] trials) {}

    EarlierAnswers(GeneratedHistory history) {
        this.history = history;
    }

    /** Asks a node for its views as they are now. */
    void ask(GeneratedNode node) {
        if (node.isUp() && !stopped && answers.size() < MAX_KEPT) {
            long at = history.clock.seconds();
            ToldView view = new ToldView(history.network, node.parts().picture(), at);
            answers.add(new Answer(node.name(), node.parts().picture().basis(at), view.costs(), view.trials()));
        }
    }

    /** From here on, earlier answers may become others: something is retracted, of which they tell that it is withdrawn. */
    void stop() {
        answers.clear();
        stopped = true;
    }

    /** A node has another store now, which knows nothing of its earlier answers. */
    void forget(String node) {
        answers.removeIf(answer -> answer.node().equals(node));
    }

    /** Asks each node again; it must give the same bytes. */
    void check(GeneratedNode node, List<String> faults) {
        for (Answer answer : answers) {
            if (answer.node().equals(node.name())) {
                EarlierPictures earlier = node.parts().earlier();
                byte[] costs = again(earlier, MemberRecords.COSTS, answer.basis());
                byte[] trials = again(earlier, MemberRecords.TRIALS, answer.basis());
                if (!Arrays.equals(costs, answer.costs()) || !Arrays.equals(trials, answer.trials())) {
                    faults.add(node.name() + " gives another answer from an earlier basis: " + answer.basis());
                }
            }
        }
    }

    private byte[] again(EarlierPictures earlier, String dataset, Basis basis) {
        return earlier.view(ToldView.query(history.network, dataset), basis, history.clock.seconds())
                .encode();
    }
}
