package io.sealos.oci.internal.recipe;

import io.sealos.SealosException;
import io.sealos.internal.text.Printable;
import java.util.List;

/** Thrown when a recipe cannot be executed. Lists all problems, each with its instruction as the place. */
public final class RecipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<SealosException.Part> problems;

    public RecipeException(List<SealosException.Part> problems) {
        super(Printable.lines(
                problems.stream().map(SealosException.Part::toString).toList()));
        this.problems = List.copyOf(problems);
    }

    public List<SealosException.Part> problems() {
        return problems;
    }
}
