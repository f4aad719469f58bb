package io.sealos.images.internal.install;

import io.sealos.images.internal.install.Applied.Sureness;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.List;
import java.util.Set;

/** Makes out of a call of docker, nerdctl, podman, ctr or crictl which image it pulls or runs. */
final class ContainerCall {
    private static final Set<String> GROUPS = Set.of("image", "images", "i", "container", "containers", "c");
    private static final Set<String> RUNNING = Set.of("run", "create");
    private static final Set<String> BRINGING = Set.of("load", "import", "build", "tag", "commit");

    private final ProgramCall call;

    ContainerCall(ProgramCall call) {
        this.call = call;
    }

    /** Whether a program with the name is one of these. */
    static boolean is(String name) {
        return Set.of("docker", "nerdctl", "podman", "ctr", "crictl").contains(name);
    }

    /**
     * Tells of the image.
     *
     * @param own whether images were loaded or built before, so that what is run need not be pulled
     * @return what the output stands for
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

    /** Whether it brings images of its own. */
    boolean isBringing() {
        List<String> words = command();
        return !words.isEmpty() && BRINGING.contains(words.get(0));
    }

    /** The image and what follows it; what is not known before it may be options. */
    private static List<String> operands(List<String> words) {
        List<String> operands = CommandLine.leading(Grammars.CONTAINERS, words).operands();
        boolean more = operands.stream().anyMatch(it -> !Unknowns.isAll(it));
        return more && Unknowns.isAll(operands.get(0)) ? operands(operands.subList(1, operands.size())) : operands;
    }

    /** The verb and what follows it. */
    private List<String> command() {
        List<String> words =
                CommandLine.leading(Grammars.CONTAINERS, call.run().arguments()).operands();
        return !words.isEmpty() && GROUPS.contains(words.get(0)) ? words.subList(1, words.size()) : words;
    }
}
