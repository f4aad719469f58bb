package io.sealos.images.internal.scan;

import io.sealos.images.CommandNeed;
import io.sealos.images.ImageReference;
import io.sealos.images.ScanProblem;
import io.sealos.images.SiteNeed;
import io.sealos.images.internal.finder.Sighting;
import java.util.NavigableSet;
import java.util.Set;

/**
 * Receives the findings of a scan, in the order in which they are found. An occurrence or problem may be reported
 * several times.
 */
public interface ScanListener {
    /**
     * Receives an occurrence of an image.
     *
     * @param sighting the image and its place in the file
     * @param source the file
     * @param ignoredBy the rule that excludes the image; empty if none does
     */
    void occurrence(Sighting sighting, Source source, String ignoredBy);

    /**
     * Receives a problem, which has the default fix of its kind.
     *
     * @param kind the kind
     * @param file the file, relative to the context directory
     * @param line the 1-based line, or 0 for the whole file
     * @param message what is wrong
     */
    void problem(ScanProblem.Kind kind, String file, int line, String message);

    /**
     * Receives a problem with a specific fix.
     *
     * @param kind the kind
     * @param file the file, relative to the context directory
     * @param line the 1-based line, or 0 for the whole file
     * @param message what is wrong
     * @param fix what to do about it
     */
    void problem(ScanProblem.Kind kind, String file, int line, String message, String fix);

    /**
     * Receives the result of rendering a chart.
     *
     * @param name the name of the scenario
     * @param chart the chart, relative to the context directory
     * @param references the images with the values of the scenario
     * @param ofDefaults the images with the default values of the chart
     */
    void scenario(String name, String chart, NavigableSet<ImageReference> references, Set<ImageReference> ofDefaults);

    /**
     * Receives a file or address that the commands require.
     *
     * @param need the file or address
     */
    void need(CommandNeed need);

    /**
     * Receives something that a controller fetches at the site.
     *
     * @param need what is fetched
     */
    void need(SiteNeed need);

    /**
     * Receives a notice, which does not mean that images are missing.
     *
     * @param notice a sentence
     */
    void notice(String notice);

    /** Receives the fact that the switches of the charts are tried. */
    void whatIfAsked();

    /**
     * Receives a switch of a chart that was tried.
     *
     * @param tried the switch with the images that it adds
     */
    void whatIf(SwitchTry tried);

    /**
     * Receives the reason why switches of a chart were not tried.
     *
     * @param sentence a sentence with the chart
     */
    void whatIfLeftOut(String sentence);
}
