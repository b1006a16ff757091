pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// One or several of a few answers, as large buttons. `chosen` holds the places of what is chosen.
ColumnLayout {
    id: picker

    property string label: ""
    property string help: ""
    property string mistake: ""
    property bool optional: false
    property string kind: "choice"
    property var choices: []
    property var choicesEn: []
    property var chosen: []

    signal picked(var value)

    spacing: GsTheme.gapSmall

    function toggled(at: int): var {
        if (picker.kind !== "multi")
            return [at];
        return picker.chosen.includes(at) ? picker.chosen.filter(one => one !== at) : picker.chosen.concat([at]).sort((a, b) => a - b);
    }

    GsText {
        visible: text !== ""
        Layout.fillWidth: true
        text: GsWords.asked(picker.label, picker.optional) + (picker.kind === "multi" ? qsTr("（可以选几个）") : "")
        strong: true
    }
    GridLayout {
        Layout.fillWidth: true
        columns: {
            const shown = picker.choices.map((one, at) => GsWords.both(one, picker.choicesEn[at] ?? "", GsTheme.english));
            // A Chinese character is as wide as two Latin letters.
            const longest = Math.max(...shown.map(one => [...one].reduce((sum, sign) => sum + (sign > "\u2e80" ? 2 : 1), 0)), 1);
            const most = longest > 44 ? 1 : longest > 14 ? 2 : 4;
            return Math.max(1, Math.min(most, picker.choices.length, GsTheme.portrait || GsTheme.elder ? 2 : 4));
        }
        uniformCellWidths: true
        columnSpacing: GsTheme.gapSmall
        rowSpacing: GsTheme.gapSmall
        Repeater {
            model: picker.choices
            GsChoice {
                required property string modelData
                required property int index
                Layout.fillWidth: true
                Layout.fillHeight: true
                objectName: picker.objectName + "_" + index
                implicitHeight: GsTheme.target
                padding: GsTheme.px(16)
                text: GsWords.both(modelData, picker.choicesEn[index] ?? "", GsTheme.english)
                chosen: picker.chosen.includes(index)
                showMark: chosen
                onClicked: picker.picked(picker.toggled(index))
            }
        }
    }
    GsMistake {
        Layout.fillWidth: true
        objectName: picker.objectName + "_mistake"
        text: picker.mistake
    }
    GsText {
        visible: picker.help !== "" && picker.mistake === ""
        Layout.fillWidth: true
        text: picker.help
        role: "small"
        soft: true
    }
}
