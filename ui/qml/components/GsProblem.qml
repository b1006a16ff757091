import QtQuick
import Jinban

// What went wrong last, in words, with the one next thing to do. Nothing while nothing is wrong.
GsBanner {
    id: problem

    required property VisitController visit
    property bool shown: true

    objectName: "problem"
    visible: shown && visit.problemCause !== ""
    text: visit.problemCause
    action: visit.problemAction
    mood: "warn"
}
