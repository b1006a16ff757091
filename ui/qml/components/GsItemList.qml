pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import "../theme"

// Service items as large choices, one under another or in two columns.
GridLayout {
    id: list

    required property var items
    property string prefix: "item"
    property bool english: GsTheme.english
    signal chosen(string code)

    columns: GsTheme.portrait || GsTheme.elder ? 1 : 2
    uniformCellWidths: true
    columnSpacing: GsTheme.gap
    rowSpacing: GsTheme.gap

    Repeater {
        model: list.items
        GsChoice {
            required property string code
            required property string name
            required property string nameEn
            required property string summary
            required property string summaryEn
            required property string dept

            Layout.fillWidth: true
            Layout.fillHeight: true
            objectName: list.prefix + "_" + code
            text: GsWords.both(name, nameEn, list.english)
            note: {
                if (list.english)
                    return summaryEn;
                return summary !== "" ? summary : dept;
            }
            onClicked: list.chosen(code)
        }
    }
}
