package se.samsyn.protocol.view;

import java.util.Optional;

/**
 * One member's state for one period, as a view shows it.
 *
 * @param reason why a summary was rejected, or what keeps it from being read under the newest version; empty in every other state
 */
record Standing(MemberState state, Optional<String> reason) {
    static Standing of(MemberState state) {
        return new Standing(state, Optional.empty());
    }

    static Standing rejected(String reason) {
        return new Standing(MemberState.REJECTED, Optional.of(reason));
    }

    static Standing otherVersion(String reason) {
        return new Standing(MemberState.OTHER_VERSION, Optional.of(HeadCheck.bounded(reason)));
    }
}
