package org.betadrift.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.betadrift.model.InvalidInputException;

/** Reads a constraint from left to right; blanks count nowhere but inside brackets. One use. */
final class ConstraintTokens {
    private static final Pattern NUMBER = Pattern.compile("(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*|\\[[^\\]]+\\]");

    private final String text;
    private int at;

    ConstraintTokens(String text) {
        this.text = text;
        skip();
    }

    private void skip() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Takes these characters where they come next. */
    boolean take(String symbol) {
        if (!text.startsWith(symbol, at)) {
            return false;
        }
        at += symbol.length();
        skip();
        return true;
    }

    void require(String symbol) {
        if (!take(symbol)) {
            throw expected("\"" + symbol + "\"");
        }
    }

    /** Takes a word where it is all there is. */
    boolean takeAll(String word) {
        return takeBefore(word, "");
    }

    /** Takes a word that stands alone on the left side: the next thing is a relation. */
    boolean takeWord(String word) {
        return takeBefore(word, "(?:>=|<=|=).*");
    }

    /** Takes a word and the parenthesis after it. */
    boolean takeCall(String word) {
        return takeBefore(word, "\\(.*") && take("(");
    }

    private boolean takeBefore(String word, String next) {
        int before = at;
        if (take(word) && text.substring(at).matches(next)) {
            return true;
        }
        at = before;
        return false;
    }

    boolean isNumber() {
        return matcher(NUMBER).lookingAt();
    }

    /** @param what for the message */
    double number(String what) {
        Matcher number = matcher(NUMBER);
        if (!number.lookingAt()) {
            throw expected(what);
        }
        double value = Double.parseDouble(number.group());
        if (Double.isInfinite(value)) {
            throw refused(number.group() + " is too large a number", "write a smaller one");
        }
        at = number.end();
        skip();
        return value;
    }

    /** Without its brackets. @param what for the message */
    String name(String what) {
        Matcher name = matcher(NAME);
        if (!name.lookingAt()) {
            throw expected(what);
        }
        at = name.end();
        skip();
        String found = name.group();
        return found.startsWith("[") ? found.substring(1, found.length() - 1) : found;
    }

    /** FACTOR, FACTOR:TARGET, slope:FACTOR or slope:FACTOR:TARGET, as a state's text. */
    String state() {
        StringBuilder state = new StringBuilder(name("a state"));
        while (take(":")) {
            state.append(':').append(name("a target"));
        }
        return state.toString();
    }

    void requireEnd() {
        if (at < text.length()) {
            throw expected("the end");
        }
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    private InvalidInputException expected(String what) {
        String found = at < text.length() ? "\"" + text.substring(at) + "\"" : "nothing more";
        return InvalidInputException.of("constraint", "\"" + text + "\"", what + " is expected where it says " + found,
                "write for example sum=1, sum=1~0.01, 0.6*A+0.4*B=1, A>=0 or long-only");
    }

    InvalidInputException refused(String rule, String remedy) {
        return InvalidInputException.of("constraint", "\"" + text + "\"", rule, remedy);
    }
}
