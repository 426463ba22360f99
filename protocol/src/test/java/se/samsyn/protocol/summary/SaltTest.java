package se.samsyn.protocol.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.samsyn.protocol.MalformedException;

class SaltTest {
    @Test
    void keepsItsBytesToItself() {
        byte[] bytes = new byte[Salt.LENGTH];
        Salt salt = Salt.of(bytes);
        bytes[0] = 1;

        assertThat(salt.toHex()).isEqualTo("0".repeat(64));
        assertThat(salt).isEqualTo(Salt.parseHex("0".repeat(64))).isNotEqualTo(Salt.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void refusesAnotherLength(int length) {
        assertThatThrownBy(() -> Salt.of(new byte[length])).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> Salt.parseHex("ab".repeat(length))).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesCapitals() {
        assertThatThrownBy(() -> Salt.parseHex("AB".repeat(32))).isInstanceOf(MalformedException.class);
    }
}
