package io.sealos.images.internal.install;

import io.sealos.images.internal.install.Applied.Sureness;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.List;
import java.util.Set;

/** Determines the image that a call of docker, nerdctl, podman, ctr or crictl pulls or runs. */
final class ContainerCall {
    private static final Set<String> GROUPS = Set.of("image", "images", "i", "container", "containers", "c");
    private static final Set<String> RUNNING = Set.of("run", "create");
    private static final Set<String> BRINGING = Set.of("load", "import", "build", "tag", "commit");

    private final ProgramCall call;

    ContainerCall(ProgramCall call) {
        this.call = call;
    }

    /** {@return whether a program with this name is one of these} */
    static boolean is(String name) {
        return Set.of("docker", "nerdctl", "podman", "ctr", "crictl").contains(name);
    }

    /**
     * Reports the image.
     *
     * @param own whether images were loaded or built before, so that the image need not be pulled
     * @return the meaning of the output
     */
    Unknown read(boolean own) {
        List<String> words = command();
        if (!words.isEmpty()) {
            String verb = words.get(0);
            List<String> operands = operands(words.subList(1, words.size()));
            boolean runs = RUNNING.contains(verb) && !call.run().name().equals("crictl");
            if (!operands.isEmpty() && (verb.equals("pull") || runs)) {
                call.image(
                        call.run().name() + " " + verb,
                        operands.get(0),
                        own && runs ? Sureness.PERHAPS : Sureness.PULLED);
            }
        }
        return Unknown.output(call.run().name());
    }

    /** {@return whether the call loads or builds images} */
    boolean isBringing() {
        List<String> words = command();
        return !words.isEmpty() && BRINGING.contains(words.get(0));
    }

    /** {@return the image and the words after it} Unknown words before it may be options. */
    private static List<String> operands(List<String> words) {
        List<String> operands = CommandLine.leading(Grammars.CONTAINERS, words).operands();
        boolean more = operands.stream().anyMatch(it -> !Unknowns.isAll(it));
        return more && Unknowns.isAll(operands.get(0)) ? operands(operands.subList(1, operands.size())) : operands;
    }

    /** {@return the verb and the words after it} */
    private List<String> command() {
        List<String> words =
                CommandLine.leading(Grammars.CONTAINERS, call.run().arguments()).operands();
        return !words.isEmpty() && GROUPS.contains(words.get(0)) ? words.subList(1, words.size()) : words;
    }
}
