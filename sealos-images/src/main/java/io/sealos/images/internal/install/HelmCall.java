package io.sealos.images.internal.install;

import io.sealos.images.ChartValues;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.install.InstalledChart.GivenValue;
import io.sealos.images.internal.shell.state.ImagePath;
import io.sealos.images.internal.shell.state.ProgramRun;
import io.sealos.images.internal.shell.state.Unknown;
import io.sealos.images.internal.shell.state.Unknowns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Determines what a call of Helm installs. Unknown parts are reported, with the values that are assumed instead. */
final class HelmCall {
    private static final Set<String> INSTALLING = Set.of("install", "upgrade", "template");

    private final ProgramCall call;
    private final ProgramRun run;
    private final CommandLine arguments;
    private final Unknowns unknowns;
    private final Map<String, String> repositories;

    /**
     * Creates a reader of a call.
     *
     * @param call the call
     * @param repositories the repositories that have been added, by name; the call may add more
     */
    HelmCall(ProgramCall call, Map<String, String> repositories) {
        this.call = call;
        this.repositories = repositories;
        this.run = call.run();
        this.arguments = CommandLine.parse(Grammars.HELM, run.arguments());
        this.unknowns = call.unknowns();
    }

    Optional<InstalledChart> read() {
        List<String> operands = arguments.operands();
        if (operands.size() > 3 && operands.subList(0, 2).equals(List.of("repo", "add"))) {
            repositories.put(operands.get(2), operands.get(3));
        }
        if (operands.isEmpty() || !INSTALLING.contains(operands.get(0))) {
            return Optional.empty();
        }
        run.missing()
                .forEach(name -> call.problem(
                        Kind.ASSUMED, "the variable " + name + " has no value; helm was taken to get an empty one"));
        List<String> rest = operands.subList(1, operands.size()).stream()
                .filter(it -> !isLost(it))
                .toList();
        if (rest.isEmpty()) {
            nothingGiven(operands);
            return Optional.empty();
        }
        noteRendered();
        Path chart = chart(rest.get(Math.min(rest.size(), 2) - 1));
        return Optional.ofNullable(chart)
                .map(it -> new InstalledChart(
                        call.file(),
                        call.line(),
                        operands.get(0),
                        name(rest.size() > 1 ? rest.get(0) : arguments.last("name", ""), "release"),
                        name(arguments.last("namespace", ""), "default"),
                        it,
                        values(),
                        arguments.isOn("skip-schema-validation")));
    }

    /**
     * Handles a call without operands. A function that passes its arguments on may have been interpreted without any.
     */
    private void nothingGiven(List<String> operands) {
        boolean optional =
                operands.size() == 1 && run.missing().stream().allMatch(it -> Character.isDigit(it.charAt(0)));
        call.problem(
                optional ? Kind.ASSUMED : Kind.UNREAD,
                "the chart that helm " + operands.get(0) + " gets is not known; only its default values were"
                        + " taken into account");
    }

    /** {@return whether a word is unknown as a whole} It may be several options, or nothing. */
    private boolean isLost(String word) {
        boolean lost = !word.isEmpty() && Unknowns.without(word).isEmpty();
        if (lost) {
            call.problem(
                    Kind.ASSUMED,
                    "the arguments of helm from " + unknowns.causes(word) + " are not known; taken as none");
        }
        return lost;
    }

    /** {@return the name, or the default if Helm would refuse the name, which must not make rendering fail} */
    private static String name(String name, String otherwise) {
        return name.matches("[a-z0-9]([-a-z0-9.]{0,51}[a-z0-9])?") ? name : otherwise;
    }

    private @Nullable Path chart(String written) {
        if (Unknowns.in(written) && !isRemote(written)) {
            call.problem(
                    call.isOptional(written) ? Kind.ASSUMED : Kind.UNREAD,
                    "the chart '" + shown(written) + "' is not known (" + unknowns.causes(written)
                            + "); only default values were taken into account");
            return null;
        }
        String path = ImagePath.resolve(run.directory(), written);
        Path chart = call.files().inContext(run.files().original(path));
        if (chart == null || isRemote(written)) {
            missing(written, path);
            return null;
        }
        if (!isChart(chart)) {
            call.problem(Kind.UNREAD, "the chart '" + written + "' is not a chart; its images are not known");
            return null;
        }
        for (String changed : run.files().writtenBelow(path)) {
            call.problem(
                    Kind.ASSUMED,
                    "the chart's file " + changed + " is changed before; the chart was rendered without that");
        }
        return chart;
    }

    private boolean isRemote(String written) {
        return written.contains("://") || arguments.has("repo");
    }

    private void missing(String written, String path) {
        String repository = written.substring(0, Math.max(0, written.indexOf('/')));
        String address = isRemote(written)
                ? arguments.last("repo", call.shown(written))
                : repositories.getOrDefault(repository, "");
        if (address.isEmpty()) {
            call.missing("the chart '" + written + "'", path);
        } else {
            call.problem(
                    Kind.REMOTE,
                    "the chart '" + call.shown(written) + "' comes from " + address + ", so its images are not known");
        }
    }

    /** Records that the files written by {@code helm template} contain only images that are found in the chart. */
    private void noteRendered() {
        String directory = arguments.last("output-dir", "");
        if (!directory.isEmpty() && !Unknowns.in(directory)) {
            run.files().makeDirectory(run.path(directory));
            run.files()
                    .write(
                            ImagePath.resolve(run.path(directory), "rendered.yaml"),
                            unknowns.mark(Unknown.found("helm")),
                            "");
        }
    }

    private static boolean isChart(Path chart) {
        return Files.isDirectory(chart)
                ? Files.isRegularFile(chart.resolve("Chart.yaml"))
                : String.valueOf(chart.getFileName()).matches(".*\\.(tgz|tar\\.gz)");
    }

    private static String shown(String text) {
        return Unknowns.without(text);
    }

    private List<GivenValue> values() {
        List<GivenValue> values = new ArrayList<>();
        for (CommandLine.Option option : arguments.options()) {
            for (ChartValues.Option kind : ChartValues.Option.values()) {
                if (kind.flag().equals("--" + option.name())) {
                    add(values, kind, option.argument());
                }
            }
        }
        return values;
    }

    private void add(List<GivenValue> values, ChartValues.Option kind, String argument) {
        switch (kind) {
            case VALUES -> new CommaList(argument, "").parts().forEach(it -> addFile(values, it));
            case SET_FILE -> new CommaList(argument, "").parts().forEach(it -> addFileText(values, it));
            case SET, SET_STRING -> addExpression(values, kind, new CommaList(argument, "{}").parts());
            case SET_JSON -> addExpression(values, kind, new CommaList(argument, "{}[]\"").parts());
            default -> addExpression(values, kind, List.of(argument));
        }
    }

    /** Adds an expression. Pairs whose value is not known are omitted, so that the value of the chart applies. */
    private void addExpression(List<GivenValue> values, ChartValues.Option kind, List<String> pairs) {
        List<String> known = new ArrayList<>();
        for (String pair : pairs) {
            if (Unknowns.in(pair)) {
                String key = shown(pair.substring(0, Math.max(0, pair.indexOf('='))));
                call.problem(
                        Kind.ASSUMED,
                        "the value of " + kind.flag() + " " + key + " is not known (" + unknowns.causes(pair)
                                + "); the chart's own was taken");
            } else {
                known.add(pair);
            }
        }
        if (known.size() > 1 || !String.join("", known).isEmpty()) {
            values.add(new GivenValue(kind, String.join(",", known), null, null));
        }
    }

    private void addFile(List<GivenValue> values, String name) {
        String path = path(name);
        if (path != null) {
            boolean written = path.equals(ProgramRun.STANDARD_INPUT)
                    || run.files().isWritten(path)
                    || call.files().isRendered(run.files().original(path));
            String text = written ? text(path) : null;
            Path file = call.files().inContext(run.files().original(path));
            values.add(new GivenValue(
                    ChartValues.Option.VALUES, path, text == null ? null : checked(name, text), written ? null : file));
        }
    }

    private void addFileText(List<GivenValue> values, String pair) {
        int equals = pair.indexOf('=');
        String path = equals < 0 ? null : path(pair.substring(equals + 1));
        String text = path == null ? null : text(path);
        if (text != null) {
            String key = pair.substring(0, equals);
            values.add(new GivenValue(ChartValues.Option.SET_FILE, key, checked(path, text), null));
        }
    }

    /** {@return the text of a file} If a program changes the file in place, that is reported as a problem. */
    private @Nullable String text(String path) {
        String text = run.text(path);
        boolean doubted = text != null && !run.files().doubt(path).isEmpty();
        return doubted ? unknowns.withoutChanges(String.valueOf(text)) : text;
    }

    private String checked(@Nullable String name, String written) {
        String text = unknowns.withoutVariables(written);
        if (Unknowns.in(text)) {
            call.problem(
                    Kind.ASSUMED,
                    "the file '" + name + "' is written with values that are not known (" + unknowns.causes(text)
                            + "); taken as empty there");
        }
        return shown(text);
    }

    /** {@return the path in the image of a file that Helm reads; null if there is none} */
    private @Nullable String path(String name) {
        if (Unknowns.in(name)) {
            call.problem(
                    Kind.ASSUMED,
                    "the file of values '" + shown(name) + "' is not known (" + unknowns.causes(name)
                            + "); taken as none");
            return null;
        }
        String path = name.equals("-") ? ProgramRun.STANDARD_INPUT : ImagePath.resolve(run.directory(), name);
        if (name.isEmpty() || (run.text(path) == null)) {
            call.problem(
                    Kind.NOT_THERE,
                    "the file of values '" + name + "' is not among the files that the image gets, or is not"
                            + " a text of at most 1 MiB; taken as none");
            return null;
        }
        String doubt = run.files().doubt(path);
        if (!doubt.isEmpty()) {
            call.problem(
                    Kind.ASSUMED, "the file of values '" + name + "' is taken as it is in the context, but " + doubt);
        }
        return path;
    }
}
