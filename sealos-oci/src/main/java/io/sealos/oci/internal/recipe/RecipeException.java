package io.sealos.oci.internal.recipe;

import io.sealos.internal.text.Printable;
import java.util.List;

/** Thrown when a recipe cannot be executed. Lists all problems, each with its instruction. */
public final class RecipeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always one of List.copyOf, which can be serialized
    private final List<String> problems;

    public RecipeException(List<String> problems) {
        super(Printable.lines(problems));
        this.problems = List.copyOf(problems);
    }

    public RecipeException(String problem, Throwable cause) {
        super(Printable.message(problem), cause);
        this.problems = List.of(problem);
    }

    public List<String> problems() {
        return problems;
    }
}
