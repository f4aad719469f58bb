package io.sealos.images.internal.scan;

import io.sealos.images.Confidence;
import io.sealos.images.ImageReference;
import io.sealos.images.ImageReferenceException;
import io.sealos.images.ScanProblem.Kind;
import io.sealos.images.internal.finder.FinderNames;
import io.sealos.images.internal.finder.Sighting;
import io.sealos.images.internal.operator.Evaluation;
import io.sealos.images.internal.operator.Evaluation.Result;
import io.sealos.images.internal.operator.Fact;
import io.sealos.images.internal.operator.Operator;
import io.sealos.images.internal.operator.OperatorResource;
import io.sealos.images.internal.operator.OperatorRun;
import io.sealos.images.internal.operator.OtherObjects;
import io.sealos.images.internal.scan.OperatorScan.Named;
import io.sealos.images.internal.scan.OperatorScan.Place;
import io.sealos.images.internal.sealos.SealosName;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reports the images that operators start. */
final class OperatorReport {
    private static final String LIST = "list the images that it starts in a file of images/shim";

    /**
     * A resource, or an operator itself, for which images are started.
     *
     * @param shown the end of a sentence that begins with the operator, such as {@code for Prometheus 'main'}
     */
    private record Subject(String shown, String hook, Place place) {
        static Subject of(OperatorResource resource, Named named) {
            String name = named.name().isEmpty() ? "" : " '" + named.name() + "'";
            String shown = " for " + shortKind(resource.kind()) + name;
            return new Subject(shown, resource.hook(), named.place());
        }
    }

    /** The images of a fact. */
    private record Outcome(Fact fact, Result result) {}

    private final ScanFindings findings;
    private final OtherObjects others;
    private final Set<ImageReference> saved;
    private final Set<String> savedNames;
    /** The images that operators start and that are saved. */
    private final Set<ImageReference> reported = new HashSet<>();
    /** The operators whose absence has been reported. */
    private final Set<String> noticed = new HashSet<>();

    OperatorReport(ScanFindings findings, OtherObjects others, Set<ImageReference> saved, Set<String> savedNames) {
        this.findings = findings;
        this.others = others;
        this.saved = saved;
        this.savedNames = savedNames;
    }

    void tooMany(Operator operator, Place place, int count) {
        String message = operator.name() + " runs in " + count + " versions or with different arguments, of which the"
                + " first " + OperatorScan.MOST_RUNS + " were considered";
        findings.problem(Kind.UNKNOWN_OPERATOR, place.source().file(), place.line(), message, LIST);
    }

    /** Reports what an operator starts for itself. */
    void ofRun(OperatorRun run, Place place) {
        List<Outcome> started = outcomes(run.operator(), "", Evaluation.ofOperator(run, others));
        report(run, place, started, new Subject("", "", place));
    }

    private static List<Outcome> outcomes(Operator operator, String kind, Evaluation evaluation) {
        return operator.facts().stream()
                .filter(it -> it.resource().equals(kind))
                .map(it -> new Outcome(it, evaluation.images(it)))
                .toList();
    }

    /** Shows what an operator would start for resources that may be created at the site, unless it is saved anyway. */
    void ofLaterResources(OperatorRun run, Place place, Set<String> kinds) {
        Subject subject = new Subject("", "", place);
        for (Fact fact : run.operator().facts()) {
            if (run.isKnown()
                    && run.container().isPresent()
                    && !fact.resource().isEmpty()
                    && !kinds.contains(fact.resource())) {
                String reason = run + " would start it for a resource of the kind " + shortKind(fact.resource()) + " ("
                        + fact.name() + ")";
                images(Evaluation.ofOperator(run, others).images(fact)).stream()
                        .filter(it -> !reported.contains(it))
                        .forEach(it -> add(it, Confidence.POSSIBLE, reason, subject));
            }
        }
    }

    /** Reports what operators start for a resource. */
    void ofResource(Operator operator, Map<OperatorRun, Place> runs, OperatorResource resource, List<Named> places) {
        runs.forEach((run, place) -> {
            List<Outcome> started = outcomes(operator, resource.kind(), Evaluation.of(run, resource, others));
            places.forEach(it -> report(run, place, started, Subject.of(resource, it)));
        });
        if (runs.isEmpty()) {
            List<Outcome> started =
                    outcomes(operator, resource.kind(), Evaluation.ofResource(operator, resource, others));
            ofUnseen(operator, started, resource, places);
        }
    }

    private static String shortKind(String kind) {
        return kind.substring(kind.lastIndexOf('/') + 1);
    }

    /** Shows what an operator that is not in the context starts, so far as the resource alone decides. */
    private void ofUnseen(Operator operator, List<Outcome> started, OperatorResource resource, List<Named> places) {
        boolean starts = false;
        for (Outcome outcome : started) {
            Fact fact = outcome.fact();
            starts |= fact.isSaved() && !outcome.result().equals(Result.NOTHING);
            for (Named named : places) {
                Subject subject = Subject.of(resource, named);
                String reason = operator.name() + " starts it" + subject.shown() + " (" + fact.name() + ")";
                images(outcome.result()).forEach(it -> add(it, Confidence.POSSIBLE, reason, subject));
            }
        }
        if (starts && noticed.add(operator.name())) {
            Place place = places.get(0).place();
            findings.listener()
                    .notice(place.source().file() + ":" + place.line() + " has a resource of the kind "
                            + shortKind(resource.kind()) + ", whose operator " + operator.name()
                            + " is not here; images that it starts by its own defaults are not saved, so list them in"
                            + " a file of images/shim");
        }
    }

    private static String reason(OperatorRun run, Fact fact, Result result, Subject subject) {
        String end = subject.shown() + " (" + fact.name() + ")";
        if (!run.isKnown()) {
            return run + " would start it with the defaults of " + run.assumedVersion() + end;
        }
        return run + (result.isAssumed() ? " would start it without arguments" : " starts it") + end;
    }

    private void report(OperatorRun run, Place ofRun, List<Outcome> started, Subject subject) {
        Set<ImageReference> missing = new LinkedHashSet<>();
        for (Outcome outcome : started) {
            Fact fact = outcome.fact();
            Result result = outcome.result();
            boolean certain = run.isKnown() && !result.isAssumed();
            Confidence confidence = certain && fact.isSaved() ? Confidence.LIKELY : Confidence.POSSIBLE;
            for (String text : result.texts()) {
                boolean unknown =
                        subject.place().unknown().test(text) || ofRun.unknown().test(text);
                Optional<ImageReference> image = unknown ? Optional.empty() : reference(text);
                image.ifPresent(it -> add(it, confidence, reason(run, fact, result, subject), subject));
                image.filter(it -> !certain && fact.isSaved() && isMissing(it)).ifPresent(missing::add);
                if (image.isEmpty()) {
                    unset(run, fact, subject, "which is not an image: '" + text + "'");
                }
            }
            if (!result.missing().isEmpty()) {
                unset(run, fact, subject, "because nothing sets " + String.join(", ", result.missing()));
            }
        }
        if (!missing.isEmpty()) {
            unknown(run, missing, subject);
        }
    }

    /** {@return whether no image with the name is saved, and the caller has not excluded it} */
    private boolean isMissing(ImageReference image) {
        boolean ignored =
                findings.ignores().ruleFor(image, SealosName.of(image)).isPresent();
        return !ignored && !savedNames.contains(image.name());
    }

    private static List<ImageReference> images(Result result) {
        return result.texts().stream().flatMap(it -> reference(it).stream()).toList();
    }

    private static Optional<ImageReference> reference(String text) {
        try {
            return Optional.of(ImageReference.parse(text.strip()));
        } catch (ImageReferenceException e) {
            return Optional.empty();
        }
    }

    /** Adds an image, unless it is saved already. */
    private void add(ImageReference image, Confidence confidence, String reason, Subject subject) {
        if (!saved.contains(image)) {
            Place place = subject.place();
            Sighting sighting = new Sighting(
                    image,
                    confidence,
                    FinderNames.OPERATOR,
                    place.line(),
                    place.column(),
                    place.path(),
                    subject.hook(),
                    reason);
            findings.add(sighting, place.source());
            if (confidence.isSaved()) {
                reported.add(image);
            }
        }
    }

    private void unset(OperatorRun run, Fact fact, Subject subject, String why) {
        if (fact.isSaved()) {
            problem(
                    Kind.UNSET,
                    subject,
                    run + " starts an image" + subject.shown() + " (" + fact.name() + ") that is not known, " + why,
                    "set it, or list the image in a file of images/shim");
        }
    }

    private void unknown(OperatorRun run, Set<ImageReference> missing, Subject subject) {
        String images = missing.stream().map(ImageReference::toString).collect(Collectors.joining(", "));
        String why = run.isKnown()
                ? "because its arguments are not known; without any it starts " + images
                : "because only " + run.operator().covered() + " are known; " + run.assumedVersion() + " would start "
                        + images;
        problem(
                Kind.UNKNOWN_OPERATOR,
                subject,
                run + " starts images" + subject.shown() + " that are not known, " + why,
                LIST);
    }

    private void problem(Kind kind, Subject subject, String message, String fix) {
        if (!subject.hook().startsWith("test")) {
            Place place = subject.place();
            findings.problem(kind, place.source().file(), place.line(), message, fix);
        }
    }
}
