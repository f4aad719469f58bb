package io.sealos.images.internal.scan;

import io.sealos.images.CommandNeed;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem;
import io.sealos.images.internal.finder.Sighting;
import java.util.NavigableSet;
import java.util.Set;

/** Receives what a scan finds, in the order in which it is found; a place or problem may be reported several times. */
public interface ScanListener {
    /**
     * A place where an image stands.
     *
     * @param sighting the image and its place in the file
     * @param source the file
     * @param ignoredBy the rule that leaves it out; empty if none does
     */
    void occurrence(Sighting sighting, Source source, String ignoredBy);

    /**
     * A problem with the usual fix of its kind.
     *
     * @param kind the kind
     * @param file the file, relative to the context directory
     * @param line the 1-based line, or 0 for the whole file
     * @param message what is wrong
     */
    void problem(ScanProblem.Kind kind, String file, int line, String message);

    /**
     * A problem with a fix of its own.
     *
     * @param kind the kind
     * @param file the file, relative to the context directory
     * @param line the 1-based line, or 0 for the whole file
     * @param message what is wrong
     * @param fix what to do about it
     */
    void problem(ScanProblem.Kind kind, String file, int line, String message, String fix);

    /**
     * A chart that was rendered.
     *
     * @param name the name of the scenario
     * @param chart the chart, relative to the context directory
     * @param references the images of this render
     * @param ofDefaults the images of the render with the chart's default values
     */
    void scenario(String name, String chart, NavigableSet<ImageReference> references, Set<ImageReference> ofDefaults);

    /**
     * A file or address that the commands cannot do without.
     *
     * @param need the file or address
     */
    void need(CommandNeed need);

    /**
     * A fact worth knowing for which no image is missing.
     *
     * @param notice a sentence
     */
    void notice(String notice);
}
