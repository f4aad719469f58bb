package io.sealos.images.internal.install;

import io.sealos.images.internal.install.Applied.Sureness;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.util.List;

/** Determines what a call of kustomize builds, and which images it sets in a kustomization. */
final class KustomizeCall {
    private static final String PROGRAM = "kustomize";

    private final ProgramCall call;

    KustomizeCall(ProgramCall call) {
        this.call = call;
    }

    /** {@return the mark for the output} */
    Unknown read() {
        CommandLine line = CommandLine.parse(Grammars.KUBECTL, call.run().arguments());
        List<String> operands = line.operands();
        String verb = operands.isEmpty() ? "" : operands.get(0);
        if (verb.equals("build")) {
            return build(PROGRAM, operands.size() > 1 ? operands.get(1) : ".", line.last("output", ""));
        }
        if (operands.size() > 3 && operands.subList(0, 3).equals(List.of("edit", "set", "image"))) {
            operands.subList(3, operands.size()).forEach(this::image);
        }
        return Unknown.found(PROGRAM);
    }

    /** Reads an image in the form {@code name=new:tag}, {@code name:tag} or {@code name=*:tag}. */
    private void image(String argument) {
        String image = argument.substring(argument.indexOf('=') + 1);
        String name = argument.substring(0, Math.max(0, argument.indexOf('=')));
        call.image(
                PROGRAM + " edit set image",
                image.startsWith("*") ? name + image.substring(1) : image,
                Sureness.PULLED);
    }

    /** {@return the mark for the objects of a directory, which is written to the output file if there is one} */
    Unknown build(String program, String directory, String output) {
        boolean known = !Unknowns.in(directory);
        Unknown built = Unknown.kustomization(program, known ? resolved(directory) : directory);
        if (!output.isEmpty() && !Unknowns.in(output)) {
            call.run().files().write(call.run().path(output), call.unknowns().mark(built), "");
        }
        return built;
    }

    /** {@return the resolved directory; an address is not changed} */
    private String resolved(String directory) {
        String path = call.run().path(directory);
        return call.run().files().exists(path) || !ManifestSource.isRepository(directory) ? path : directory;
    }
}
