package io.sealos.oci.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTests {
    @Test
    void parseAllWhenQuotedOrNotReadsParametersInAnyOrder() {
        List<Challenge> challenges = Challenge.parseAll(
                List.of("Bearer scope=\"repository:a/b:pull,push\",service=x , realm=\"https://h/token?a=b\""));

        assertThat(challenges)
                .containsExactly(new Challenge(
                        "bearer",
                        Map.of("scope", "repository:a/b:pull,push", "service", "x", "realm", "https://h/token?a=b")));
    }

    @Test
    void parseAllWhenSeveralChallengesReadsEach() {
        assertThat(Challenge.parseAll(List.of("Basic realm=\"a\\\"b\", Bearer realm=x", "NEGOTIATE")))
                .containsExactly(
                        new Challenge("basic", Map.of("realm", "a\"b")),
                        new Challenge("bearer", Map.of("realm", "x")),
                        new Challenge("negotiate", Map.of()));
    }
}
