package io.sealos.images.internal.install;

import io.sealos.images.CommandNeed;
import io.sealos.images.ScanProblem;
import io.sealos.images.internal.context.ContextFiles;
import io.sealos.images.internal.install.InstallReader.Found.Problem;
import io.sealos.images.internal.shell.ShellReader;
import io.sealos.images.internal.shell.ShellReader.Start;
import io.sealos.images.internal.shell.command.Programs;
import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.ShellListener;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.kubefile.ContainerConfig;
import io.sealos.kubefile.Instruction;
import io.sealos.kubefile.KubefileEvaluation;
import io.sealos.kubefile.SealosRuntime;
import io.sealos.kubefile.SourceRange;
import io.sealos.kubefile.TraceEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Determines what sealos will install, from the commands of a Kubefile and the scripts that they call, without running
 * anything.
 */
public final class InstallReader {
    /** The results, each once, in the order in which the commands run. */
    public record Found(
            Set<InstalledChart> charts, Set<Applied> applied, Set<Problem> problems, List<CommandNeed> needs) {
        /** The result for an application without commands. */
        public static final Found NOTHING = new Found(Set.of(), Set.of(), Set.of(), List.of());

        /** {@return these results with further charts} */
        public Found with(List<InstalledChart> further) {
            Set<InstalledChart> all = new LinkedHashSet<>(charts);
            all.addAll(further);
            return new Found(all, applied, problems, needs);
        }

        /** A problem with a command, with the assumption that was made instead. */
        public record Problem(ScanProblem.Kind kind, String file, int line, String message) {}
    }

    private static final int MOST_APPLIED = 20_000;

    private final Path context;
    private final KubefileEvaluation evaluation;
    private final Set<InstalledChart> charts = new LinkedHashSet<>();
    private final Set<Applied> applied = new LinkedHashSet<>();
    private final Set<Problem> problems = new LinkedHashSet<>();

    private InstallReader(Path context, KubefileEvaluation evaluation) {
        this.context = context;
        this.evaluation = evaluation;
    }

    /**
     * {@return what the commands of a Kubefile install}
     *
     * @param rendered the files that sealos renders from templates
     */
    public static Found read(Path context, KubefileEvaluation evaluation, RenderedFiles rendered) throws IOException {
        try {
            return new InstallReader(context, evaluation).read(rendered);
        } catch (UncheckedIOException e) {
            throw e.getCause() == null ? new IOException(e) : e.getCause();
        }
    }

    private Found read(RenderedFiles rendered) throws IOException {
        SealosRuntime runtime = SealosRuntime.of(evaluation.config());
        ContainerConfig withoutCmd =
                evaluation.config().toBuilder().cmd(List.of()).build();
        int entrypoints = SealosRuntime.of(withoutCmd).commands().size();
        List<Start> starts = starts(runtime, entrypoints);
        Collector collector = new Collector(new CopiedFiles(context, evaluation, rendered));
        collector.reader.read(starts, runtime.environment());
        return new Found(charts, applied, problems, collector.needs.all());
    }

    private List<Start> starts(SealosRuntime runtime, int entrypoints) {
        Start entrypoint = start("ENTRYPOINT");
        Start cmd = start("CMD");
        List<Start> starts = new ArrayList<>();
        try {
            for (String command : runtime.expandedCommands()) {
                Start place = starts.size() < entrypoints ? entrypoint : cmd;
                starts.add(new Start(place.source(), place.line(), command));
            }
        } catch (IllegalArgumentException e) {
            problems.add(
                    new Problem(ScanProblem.Kind.UNREAD, cmd.source(), cmd.line(), String.valueOf(e.getMessage())));
        }
        return starts;
    }

    /** {@return the place of the commands of a keyword, without a command} */
    private Start start(String keyword) {
        Optional<SourceRange> range = evaluation
                .trace()
                .field(keyword)
                .flatMap(TraceEntry::instruction)
                .map(Instruction::range);
        String file = ContextFiles.buildFile(range);
        return new Start(file, range.map(it -> it.start().line()).orElse(0), "");
    }

    /** Collects the results. A path in the image is shown as the path in the context directory from which it comes. */
    private final class Collector implements ShellListener {
        private final CopiedFiles files;
        private final ShellReader reader;
        private final Map<String, String> repositories = new HashMap<>();
        private final List<List<Applied>> printed = new ArrayList<>();
        private boolean ownImages;
        private final NeededFiles needs = new NeededFiles(this::shown, this::inContext);

        Collector(CopiedFiles files) {
            this.files = files;
            this.reader = new ShellReader(files, this);
        }

        @Override
        public Optional<Unknown> program(ProgramRun run) {
            needs.add(run);
            return output(call(run));
        }

        @Override
        public void written(ProgramRun run) {
            new NodeManifests(call(run)).read();
        }

        private ProgramCall call(ProgramRun run) {
            String file = shown(run.source());
            return new ProgramCall(
                    run,
                    file,
                    files,
                    reader.unknowns(),
                    printed,
                    this::apply,
                    (kind, message) -> problems.add(new Problem(kind, file, run.line(), message)));
        }

        private Optional<Unknown> output(ProgramCall call) {
            String name = call.run().name();
            if (name.equals("helm") || name.equals("helm3")) {
                new HelmCall(call, repositories).read().ifPresent(charts::add);
                return Optional.of(Unknown.found("helm"));
            }
            if (Programs.isKubectl(name)) {
                return Optional.of(new KubectlCall(call).read());
            }
            if (name.equals("kustomize")) {
                return Optional.of(new KustomizeCall(call).read());
            }
            new NodeManifests(call).read();
            return ContainerCall.is(name)
                    ? Optional.of(container(new ContainerCall(call)))
                    : InstallerCall.of(call).read();
        }

        private Unknown container(ContainerCall call) {
            ownImages |= call.isBringing();
            return call.read(ownImages);
        }

        private void apply(Applied found) {
            if (applied.size() >= MOST_APPLIED) {
                problems.add(new Problem(
                        ScanProblem.Kind.UNREAD,
                        found.file(),
                        0,
                        "more than " + MOST_APPLIED + " manifests are applied, and not all of them were read"));
            } else {
                applied.add(found);
            }
        }

        @Override
        public void problem(ScanProblem.Kind kind, String source, int line, String message) {
            problems.add(new Problem(kind, shown(source), line, message));
        }

        private String shown(String source) {
            return inContext(source).orElse(source);
        }

        private Optional<String> inContext(String path) {
            return Optional.ofNullable(path.startsWith("/") ? files.source(path) : null)
                    .map(it -> context.relativize(it).toString().replace('\\', '/'));
        }
    }
}
