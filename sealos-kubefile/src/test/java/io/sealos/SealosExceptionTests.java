package io.sealos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class SealosExceptionTests {
    @SuppressWarnings("NullAway") // null is what the test is about
    @Test
    void createPartWhenAComponentIsNullNamesIt() {
        assertThatNullPointerException()
                .isThrownBy(() -> new SealosException.Part(null, "p", ""))
                .withMessage("place");
        assertThatNullPointerException()
                .isThrownBy(() -> new SealosException.Part("", null, ""))
                .withMessage("problem");
        assertThatNullPointerException()
                .isThrownBy(() -> new SealosException.Part("", "p", null))
                .withMessage("fix");
    }

    @Test
    void createPartWhenThereIsNoProblemIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealosException.Part("Kubefile:1", " ", "x"))
                .withMessage("a part of an exception has no problem; its place is 'Kubefile:1'");
    }

    @Test
    void toStringLeavesOutWhatIsEmpty() {
        assertThat(new SealosException.Part("a:1", "is bad", "mend it")).hasToString("a:1: is bad; mend it");
        assertThat(new SealosException.Part("", "is bad", "")).hasToString("is bad");
    }
}
