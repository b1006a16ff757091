import QtQuick
import Jinban

// What went wrong last, in words, with the one next thing to do. Nothing while nothing is wrong.
GsBanner {
    id: problem

    required property VisitController visit
    property bool shown: true

    // Said where nobody looks, it would not be said at all.
    function show(): void {
        for (let up = problem.parent; up !== null; up = up.parent) {
            const scroll = up as GsScroll;
            if (scroll !== null)
                scroll.reveal(problem);
        }
    }

    onVisibleChanged: if (visible)
        Qt.callLater(problem.show)
    onHeightChanged: if (visible)
        Qt.callLater(problem.show)
    objectName: "problem"
    visible: shown && visit.problemCause !== ""
    text: visit.problemCause
    action: visit.problemAction
    mood: "warn"
}
