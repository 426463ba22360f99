package se.samsyn.protocol.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;
import se.samsyn.protocol.Mutation;
import se.samsyn.protocol.note.VerifierKey;

class MemberLinesTest {
    private final MemberLines lines = TestNetwork.member(0);

    @Test
    void areThoseOfOneMember() {
        Member member = lines.member();

        assertThat(lines.encode())
                .isEqualTo("root " + lines.rootKeys().get(0).encode() + "\n"
                        + "member skane.swetrial.example https://skane.swetrial.example:8443 12\n"
                        + "tls skane.swetrial.example "
                        + TestNetwork.tlsPin(TestNetwork.SKANE).toBase64() + "\n"
                        + "logkey " + member.logKeys().get(0).encode() + "\n"
                        + "publisher " + member.publishers().get(0).encode() + "\n"
                        + "witness " + member.witnesses().get(0).encode() + "\n");
        assertThat(MemberLines.parse(lines.encode())).isEqualTo(lines);
    }

    @Test
    void sayWhatAPublisherMaySign() {
        VerifierKey publisher = lines.member().publishers().get(0);
        MemberLines limited =
                new MemberLines(List.of(), lines.member(), Map.of(publisher.ref(), Set.of("summary", "retraction")));

        assertThat(limited.encode()).contains("\nmay " + publisher.ref() + " retraction,summary\n");
        assertThat(MemberLines.parse(limited.encode())).isEqualTo(limited);
        FederationRoot root = new RootText("a.example")
                .rootKey(lines.rootKeys().get(0))
                .member(limited)
                .member(TestNetwork.member(1))
                .build();
        assertThat(root.may()).containsExactly(Map.entry(publisher.ref(), Set.of("summary", "retraction")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version 1",
                "quorum 2",
                "observer a.example https://a.example",
                "dataset costs 0000000000000000000000000000000000000000000000000000000000000000",
                "end a+01234567 a/log size 0 root 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
            })
    void refuseWhatTheNetworkDecides(String line) {
        assertThatThrownBy(() -> MemberLines.parse(lines.encode() + line + "\n"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("unknown word")
                .hasMessageContaining("expected one of root, member, tls, logkey, publisher, may, witness");
    }

    @Test
    void refuseTwoMembersAndNone() {
        String two = lines.encode() + TestNetwork.member(1).encode();

        assertThatThrownBy(() -> MemberLines.parse(two))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("there are 2 member lines, expected one");
        assertThatThrownBy(() ->
                        MemberLines.parse("root " + lines.rootKeys().get(0).encode() + "\n"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("there is no member line");
    }

    @Test
    void tellAllMistakesAtOnce() {
        String text = lines.encode().replace("witness ", "witnes ").replace(":8443 12", ":8443 1");

        assertThatThrownBy(() -> MemberLines.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("file of member lines has ")
                .hasMessageContaining("line 2: scope \"1\" is no county code")
                .hasMessageContaining("line 6: unknown word \"witnes\"");
    }

    @Test
    void refuseOrKeepEveryMutation() {
        byte[] text = lines.encode().getBytes(StandardCharsets.ISO_8859_1);

        Mutation.check(text, 1_000, 12, bytes -> {
            String mutated = new String(bytes, StandardCharsets.ISO_8859_1);
            MemberLines parsed = MemberLines.parse(mutated);
            assertThat(MemberLines.parse(parsed.encode())).isEqualTo(parsed);
            return bytes;
        });
    }
}
