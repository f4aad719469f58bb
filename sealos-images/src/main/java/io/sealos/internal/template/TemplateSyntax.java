package io.sealos.internal.template;

import io.sealos.internal.template.TemplateAction.Kind;
import io.sealos.internal.template.TemplateAction.Word;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The syntax of a Go template as sealos parses it: the first error, and whether there is anything to render. Errors
 * that Go finds only when it renders a template are not found. If it is unknown whether Go refuses a text, the text is
 * accepted.
 */
public final class TemplateSyntax {
    private static final Set<String> OPENING = Set.of("if", "range", "with", "define", "block");
    private static final Set<String> KEYWORDS =
            Set.of("else", "end", "template", "break", "continue", "true", "false", "nil");

    /** The functions that templates of sealos can call: Go's own, those of sprig, and a few that sealos adds. */
    private static final Set<String> FUNCTIONS = Set.of("""
            and call eq ge gt html index js le len lt ne not or print printf println slice urlquery
            fromJson fromJsonArray fromYaml fromYamlArray ipAt ipNet toJson toToml toYaml
            abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc base bcrypt
            biggest buildCustomCert camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone
            dateModify date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf
            duration durationRound empty encryptAES env expandenv ext fail first float64 floor genCA genCAWithKey
            genPrivateKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get getHostByName
            has hasKey hasPrefix hasSuffix hello htmlDate htmlDateInZone htpasswd indent initial initials int int64 isAbs
            join kebabcase keys kindIs kindOf last list lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend
            mustChunk mustCompact mustDateModify mustDeepCopy mustFirst mustFromJson mustHas mustInitial mustLast mustMerge
            mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll
            mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToDuration mustToJson
            mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify nindent nospace now omit osBase osClean osDir
            osExt osIsAbs pick pluck plural prepend push quote randAlpha randAlphaNum randAscii randBytes randInt randNumeric
            randSeededNumeric regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral
            regexSplit repeat replace rest reverse round semver semverCompare seq set sha1sum sha256sum sha512sum shuffle
            snakecase sortAlpha split splitList splitn squote sub subf substr swapcase ternary title toDate toDecimal
            toPrettyJson toRawJson toString toStrings trim trimAll trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike
            typeOf uniq unixEpoch unset until untilStep untitle upper urlJoin urlParse uuidv4 values without wrap wrapWith
            """.strip().split("\\s+", -1));

    /** An open block. */
    private static final class Open {
        private final Word word;
        private final String name;
        private boolean otherwise;
        private boolean filled;

        Open(Word word, String name) {
            this.word = word;
            this.name = name;
        }
    }

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Set<String> variables = new HashSet<>(Set.of("$"));
    private final Set<String> defined = new HashSet<>();
    private final List<TemplateAction> actions = new ArrayList<>();
    private boolean renders;
    private Optional<TemplateFault> fault = Optional.empty();

    private TemplateSyntax(String text) {
        this.text = text;
    }

    /** {@return the syntax of a template} */
    public static TemplateSyntax of(String text) {
        TemplateSyntax syntax = new TemplateSyntax(text);
        try {
            syntax.read();
        } catch (TemplateFault e) {
            syntax.fault = Optional.of(e);
        }
        return syntax;
    }

    /** {@return the first place at which Go refuses the template; empty if Go accepts it} */
    public Optional<TemplateFault> fault() {
        return fault;
    }

    /**
     * {@return whether the template has only blanks, comments and definitions, in which case Go keeps the template that
     * it parsed before}
     */
    public boolean isEmpty() {
        return fault.isEmpty() && !renders;
    }

    /** {@return the actions up to the first fault, without comments} */
    public List<TemplateAction> actions() {
        return Collections.unmodifiableList(actions);
    }

    private void read() {
        int at = 0;
        while (at < text.length()) {
            int braces = text.indexOf("{{", at);
            int end = braces < 0 ? text.length() : braces;
            if (!text.substring(at, end).isBlank()) {
                fill();
            }
            at = braces < 0 ? end : readAction(braces);
        }
        if (!open.isEmpty()) {
            Word word = open.getLast().word;
            throw new TemplateFault(word.at(), "the " + word.text() + " has no end");
        }
    }

    private void fill() {
        renders |= open.isEmpty() || !open.getFirst().word.is("define");
        open.forEach(it -> it.filled = true);
    }

    private int readAction(int start) {
        boolean trim = text.startsWith("-", start + 2)
                && start + 3 < text.length()
                && Character.isWhitespace(text.charAt(start + 3));
        int from = trim ? start + 4 : start + 2;
        if (text.startsWith("/*", from)) {
            return commentEnd(start, from);
        }
        TemplateAction action = TemplateAction.read(text, start, from);
        actions.add(action);
        check(action);
        return action.end();
    }

    private int commentEnd(int start, int from) {
        int end = text.indexOf("*/", from + 2);
        if (end < 0) {
            throw new TemplateFault(start, "the comment is never closed");
        }
        if (text.startsWith("}}", end + 2)) {
            return end + 4;
        }
        boolean trim = end + 2 < text.length()
                && Character.isWhitespace(text.charAt(end + 2))
                && text.startsWith("-}}", end + 3);
        if (!trim) {
            throw new TemplateFault(start, "the comment does not end right before the closing braces");
        }
        return end + 6;
    }

    private void check(TemplateAction action) {
        List<Word> words = action.words();
        if (words.isEmpty()) {
            throw new TemplateFault(action.start(), "the action is empty");
        }
        Word first = words.get(0);
        List<Word> rest = words.subList(1, words.size());
        if (first.kind() == Kind.NAME && OPENING.contains(first.text())) {
            begin(first, rest);
        } else if (first.is("end")) {
            end(first, rest);
        } else if (first.is("else")) {
            otherwise(first, rest);
        } else {
            fill();
            if (first.is("template")) {
                named(first, rest);
            } else if (first.is("break") || first.is("continue")) {
                insideRange(first);
            } else {
                pipeline(action.start(), words);
            }
        }
    }

    private void begin(Word word, List<Word> rest) {
        if (word.is("define")) {
            if (!open.isEmpty()) {
                throw new TemplateFault(
                        word.at(),
                        "a define stands within a " + open.getFirst().word.text());
            }
            named(word, rest);
            open.addLast(new Open(word, rest.get(0).text()));
            return;
        }
        fill();
        if (word.is("block")) {
            named(word, rest);
        } else {
            pipeline(word.at(), rest);
        }
        open.addLast(new Open(word, word.is("block") ? rest.get(0).text() : ""));
    }

    /** Checks the name of a template, which must be a text. */
    private void named(Word word, List<Word> rest) {
        if (rest.isEmpty()
                || rest.get(0).kind() != Kind.LITERAL
                || "\"`".indexOf(rest.get(0).text().charAt(0)) < 0) {
            throw new TemplateFault(word.at(), "the " + word.text() + " has no name in quotes");
        }
        if (rest.size() > 1) {
            pipeline(word.at(), rest.subList(1, rest.size()));
        }
    }

    private void end(Word word, List<Word> rest) {
        if (open.isEmpty()) {
            throw new TemplateFault(word.at(), "an end closes nothing");
        }
        if (!rest.isEmpty()) {
            throw new TemplateFault(rest.get(0).at(), "something stands behind end");
        }
        Open closed = open.removeLast();
        if (isDefinition(closed.word) && closed.filled && !defined.add(closed.name)) {
            throw new TemplateFault(closed.word.at(), "the template " + closed.name + " is defined twice");
        }
    }

    private void otherwise(Word word, List<Word> rest) {
        if (open.isEmpty() || open.getLast().otherwise || isDefinition(open.getLast().word)) {
            throw new TemplateFault(word.at(), "an else belongs to nothing");
        }
        if (!rest.isEmpty() && (rest.get(0).is("if") || rest.get(0).is("with"))) {
            pipeline(word.at(), rest.subList(1, rest.size()));
        } else {
            open.getLast().otherwise = true;
        }
    }

    private static boolean isDefinition(Word word) {
        return word.is("define") || word.is("block");
    }

    private void insideRange(Word word) {
        if (open.stream().noneMatch(it -> it.word.is("range"))) {
            throw new TemplateFault(word.at(), "a " + word.text() + " stands outside of a range");
        }
    }

    private void pipeline(int at, List<Word> words) {
        declare(words);
        int parentheses = 0;
        boolean value = false;
        boolean later = false;
        for (Word word : words) {
            if (word.is("|")) {
                requireValue(value, at);
                value = false;
                later = true;
            } else if (word.is("(")) {
                parentheses++;
                value = false;
                later = false;
            } else if (word.is(")")) {
                requireValue(value, at);
                parentheses--;
                requireOpen(parentheses, word);
            } else if (word.kind() != Kind.OPERATOR) {
                check(word, later && !value);
                value = true;
            }
        }
        requireValue(value, at);
        if (parentheses > 0) {
            throw new TemplateFault(at, "a ( is never closed");
        }
    }

    private static void requireValue(boolean value, int at) {
        if (!value) {
            throw new TemplateFault(at, "a value is missing");
        }
    }

    private static void requireOpen(int parentheses, Word word) {
        if (parentheses < 0) {
            throw new TemplateFault(word.at(), "a ) closes nothing");
        }
    }

    private void declare(List<Word> words) {
        for (int i = 0; i + 1 < words.size() && words.get(i).kind() == Kind.VARIABLE; i += 2) {
            Word sign = words.get(i + 1);
            if (sign.is(",") || sign.is(":=")) {
                variables.add(words.get(i).text());
            }
            if (!sign.is(",")) {
                return;
            }
        }
    }

    private void check(Word word, boolean receives) {
        if (word.kind() == Kind.LITERAL && receives) {
            throw new TemplateFault(word.at(), word.text() + " cannot take what stands before the |");
        }
        if (word.kind() == Kind.VARIABLE && !variables.contains(word.text())) {
            throw new TemplateFault(word.at(), "the variable " + word.text() + " is not declared");
        }
        if (word.kind() == Kind.NAME && !FUNCTIONS.contains(word.text())) {
            boolean keyword = KEYWORDS.contains(word.text()) || OPENING.contains(word.text());
            if (!keyword) {
                throw new TemplateFault(word.at(), "there is no function " + word.text());
            }
            if (!Set.of("true", "false", "nil").contains(word.text())) {
                throw new TemplateFault(word.at(), "a " + word.text() + " stands where none can");
            }
        }
    }
}
